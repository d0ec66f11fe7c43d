"""会前审查: agendas read, items reviewed, lists of points kept, defects handed on."""
