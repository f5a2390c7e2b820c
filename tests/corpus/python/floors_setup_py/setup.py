from setuptools import find_packages, setup

setup(
    name="depot",
    version="0.7",
    packages=find_packages(),
    python_requires=">=3.7",
    install_requires=["pyserial"],
)
