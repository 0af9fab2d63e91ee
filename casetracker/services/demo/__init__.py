"""The demonstration street: 新沟镇街, written for this product and the same on every machine."""
