"""Tests of the spreadsheet import; workbooks are built in the test, by `books`."""
