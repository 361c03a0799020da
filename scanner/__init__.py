"""The scan client: frames and key bursts in, custody acts out, nothing lost in between."""

import os

# A damaged file is answered with one sentence of ours; OpenCV's and FFmpeg's own lines would bury it. Both read these
# once, when OpenCV is first imported.
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
