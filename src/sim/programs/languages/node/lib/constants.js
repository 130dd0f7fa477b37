module.exports = { ...require('fs').constants, ...$.signalNumbers };
