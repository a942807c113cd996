"""Files as files: pictures, PDFs, videos and tables, read with suspicion and written whole.

In come uploads; out go pictures rebuilt from their pixels, descriptions of what a file holds, and files
that are never torn. Nothing here knows which story they belong to.
"""
