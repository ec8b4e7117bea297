"""What is read out of the plan for meetings and reports: data first, rendering second."""
