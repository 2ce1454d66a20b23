-- The last values of figures with an automatic sparkline: {"cards/0/value": [[ms, number], …]}.

ALTER TABLE pins ADD COLUMN history TEXT;
