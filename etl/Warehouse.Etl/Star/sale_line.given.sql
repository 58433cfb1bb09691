-- The order lines of this load under the identifiers that the source gives them.
CREATE OR REPLACE TEMP VIEW sale_line AS
SELECT * FROM temp.mapped_sale;
