-- Grain: one row per known customer and product of an item that he bought, with the last date.
CREATE OR REPLACE TEMP TABLE basket_item AS
SELECT CAST(NULL AS INTEGER) AS basket, sale.customer_key, sold_item.item_key, sale.bought_on
FROM temp.product_sale AS sale
JOIN temp.sold_item AS sold_item ON sold_item.product_key = sale.product_key
