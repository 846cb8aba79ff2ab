// Loaded before Azurite. Whoever started it holds the other end of its standard input, and that end closes however the holder dies.
process.stdin.on('end', () => process.emit('SIGTERM'));
process.stdin.on('error', () => process.emit('SIGTERM'));
process.stdin.resume();
