// For each tool, the arguments that matter and what must hold of the answer.
import assert from 'node:assert/strict';

const share = (value) => assert.ok(value >= 0 && value <= 100, `${value} is a percentage`);

export const argumentsThatMatter = {
  get_system_metrics: [
    {
      check(metrics) {
        share(metrics.cpu_percent);
        share(metrics.memory_percent);
        share(metrics.disk_usage);
        assert.equal(metrics.fastmcp_status, 'running');
        assert.equal(metrics.server_status.name, 'tomada');
        assert.ok(Math.abs(Date.now() - Date.parse(metrics.timestamp)) < 10_000, metrics.timestamp);
      },
    },
  ],
};
