-- The common text.
SELECT 'common'
