"""Sources and interviews on the desk: their pages, what they left, and which stories rest on them.

`sources.admin` has their forms, and knows no story; here the stories come to them.
"""
