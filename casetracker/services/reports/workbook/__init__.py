"""A report as a workbook: one module for each sheet."""
