"""Measures the product against a bare floor in one run; results in bench/results, told in docs."""
