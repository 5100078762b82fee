"""Structure to official document, as HTML and PDF: the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I.

Pure Python: no Django, no database, no clock. `document.py` says what a document consists of, `body.py` reads
a body as staff type it, `words.py` holds the rules of the text, `breaking.py` breaks long names, `layout.py`
and `pdf.py` print it all, `checks.py` says what is wrong with it.
"""
