"""ZPL over a device file."""


class Printer:
    def __init__(self, path):
        self.path = path

    def badge(self, name, company):
        label = f"^XA^FO40,40^A0N,60^FD{name}^FS^FO40,120^A0N,40^FD{company}^FS^XZ"
        with open(self.path, "wb") as device:
            device.write(label.encode())
