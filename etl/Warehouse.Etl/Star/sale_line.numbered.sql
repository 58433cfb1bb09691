-- The order lines of this load where the source gives them no identifier: each is named by its product and its
-- number among the lines of that product in the order, so that the order of the file's rows does not matter.
CREATE OR REPLACE TEMP VIEW sale_line AS
SELECT * REPLACE (
    product || '#' || row_number() OVER (
        PARTITION BY order_id, product
        ORDER BY ordered_at, unit_price, quantity, customer, discount_amount, source_line) AS line_id)
FROM temp.mapped_sale;
