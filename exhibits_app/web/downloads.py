"""Answers a request with a file for a spreadsheet."""

from flask import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx(data: bytes, name: str) -> Response:
    """The workbook, to be kept as NAME.xlsx."""
    return _kept(Response(data, mimetype=XLSX), f"{name}.xlsx")


def csv(data: bytes, name: str) -> Response:
    """The table, to be kept as NAME.csv."""
    return _kept(Response(data, mimetype="text/csv"), f"{name}.csv")


def _kept(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
