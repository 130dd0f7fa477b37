// The bodies of requests.
const express = require('express');
const { json, urlencoded, text, raw } = express;
module.exports = { json, urlencoded, text, raw };
