"""What the officer is told when a file cannot be read or written."""

from paizhu.base.errors import PaizhuError

_KEPT = "原文件没有改动"


class WorkbookRefusedError(PaizhuError):
    """A file cannot be read as a ledger; the file itself is untouched."""

    def __init__(self, happened: str, todo: str = "") -> None:
        super().__init__(happened, _KEPT, todo)


class NotAWorkbookError(WorkbookRefusedError):
    """The content is no workbook, whatever the name says."""


class DamagedWorkbookError(WorkbookRefusedError):
    """The file is a workbook whose content cannot be trusted."""

    def __init__(self, name: str, what: str = "") -> None:
        detail = f"（{what}）" if what else ""
        super().__init__(
            f"《{name}》已损坏，读不完整{detail}", "请用 Excel 或 WPS 打开看看，能打开就另存为新文件再导入"
        )


class TooLargeWorkbookError(WorkbookRefusedError):
    """The file is larger than the limits allow, or unpacks to far more than it seems."""


class PasswordNeededError(WorkbookRefusedError):
    """The workbook is encrypted; it can be opened again with its password."""

    def __init__(self, name: str) -> None:
        super().__init__(f"《{name}》设有打开密码", "请输入这个文件的密码")


class WrongWorkbookPasswordError(WorkbookRefusedError):
    """The password given does not open this workbook."""

    def __init__(self, name: str) -> None:
        super().__init__(f"密码打不开《{name}》", "请核对大小写后重新输入")


class NotWrittenError(PaizhuError):
    """A workbook could not be written; what stood in its place before is still there."""

    def __init__(self, name: str, why: str, todo: str) -> None:
        super().__init__(f"《{name}》没有保存：{why}", "数据和原有的文件都没有改动", todo)
