"""The scan client: frames and key bursts in, custody acts out, nothing lost in between."""
