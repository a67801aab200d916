"""A selection in; a report in Word, PDF or Excel out, made from the same answers as the pages."""
