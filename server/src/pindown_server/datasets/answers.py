"""What routes of datasets answer, described."""

from ..door.shapes import Page, RevisionItem
from .dataset import DatasetItem, DatasetView


class DatasetList(Page):
    """Datasets without their data, newest first."""

    items: list[DatasetItem]


class DatasetRevision(RevisionItem):
    """A state of a dataset, with the dataset as it was."""

    dataset: DatasetView
