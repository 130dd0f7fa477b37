from json import dumps, loads
from .wrappers import jsonify
