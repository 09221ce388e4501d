"""A finished SCORM package judged from outside, ours or anybody's: shares no code with what plans and writes packages."""
