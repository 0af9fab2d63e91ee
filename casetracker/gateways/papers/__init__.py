"""Writers of official papers: the same content as DOCX and as PDF, laid out by GB/T 9704-2012."""
