"""Flask, as small applications use it."""
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException, abort
from .app import Blueprint, Flask, current_app, flash, g, get_flashed_messages, make_response, redirect, render_template, render_template_string, request, send_file, send_from_directory, session, url_for
from .wrappers import Request, Response, jsonify
from . import json

__version__ = '3.1.2'
