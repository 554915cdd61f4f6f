"""Files of a study: Word, Excel, web page, CSV, REFI-QDA, text; always through the gate."""
