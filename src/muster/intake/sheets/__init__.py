def read_sheet(*a: object, **k: object) -> object: raise RuntimeError
