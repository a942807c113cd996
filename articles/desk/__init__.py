"""The desk: where stories are written, checked and decided on. Nothing here is public.

In come people with an account and their forms; what leaves for readers leaves by `publishing`. The
pages about one story are in `story/`; what they do to more than one row stands here, beside them.
"""
