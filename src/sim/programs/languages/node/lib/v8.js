module.exports = {
  getHeapStatistics: () => ({
    total_heap_size: process.memoryUsage().heapTotal,
    used_heap_size: process.memoryUsage().heapUsed,
    heap_size_limit: 268435456,
    total_available_size: 268435456,
    number_of_native_contexts: 1,
  }),
};
