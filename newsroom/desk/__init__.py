"""The desk as a whole: its site and rooms, the search that everything answers to, and what it keeps for each person.

In comes a person; out goes what they may enter and find, the views that they kept, and what they are told by mail.
"""
