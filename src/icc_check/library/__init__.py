"""A library: imported reviews of claims, indexed on disk, searched by their words.

A review is somebody's rating of a wording. It is found, shown and attributed to its
publisher; no verdict of this program ever comes from it.
"""
