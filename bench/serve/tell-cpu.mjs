// Loaded before a server of somebody else's (`node --import`): tells the CPU time of its process when asked, and ends with it.
process.on('message', () => process.send(process.cpuUsage()))
process.on('disconnect', () => process.exit(0))
