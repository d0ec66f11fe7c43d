"""What is told of typing that is in memory alone when the window is to be closed, or may be nowhere else."""

from __future__ import annotations

from paizhu.ui.kit.trouble import Trouble

UNWRITTEN = Trouble(
    "草稿还没有写到盘上，先不关闭",
    "盘写不进去，正在填写的内容只留在本程序里。",
    "已保存的记录都在，填写的内容现在也还在。",
    "腾出空间或插好盘，再关闭一次就会存下。仍旧写不进去而又必须关闭，再关一次即可，这些内容就不保留了。",
)

INFORMANT = Trouble(
    "粘贴的内容还没有导入，先不关闭",
    "里面有举报人信息，只有再输入口令才能看，所以不存为草稿。",
    "原来的表和已保存的记录都在。",
    "先导入，或者选“先不导入”；再关闭一次，粘贴的内容就不保留了，要导入时重新复制、粘贴。",
)
