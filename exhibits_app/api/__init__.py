"""The JSON interface under /api/v1, for the store-room page and the scan client."""
