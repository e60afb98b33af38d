from . import account, catalogue, filing, website
