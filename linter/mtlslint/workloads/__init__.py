"""What runs where: the services of compose files, the pods and Services of Kubernetes."""
