"""The desk in a browser and over HTTP: a thin door onto `sluicegate.desk`."""
