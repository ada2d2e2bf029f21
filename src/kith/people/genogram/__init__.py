"""The genogram: a family drawn with the signs social workers know, and the same in words for those who do not see it.

It draws a `Picture` and nothing else. Whoever makes the Picture decides what its reader may see.
"""
