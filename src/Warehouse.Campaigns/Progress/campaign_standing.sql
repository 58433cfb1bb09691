-- Grain: one row per known wave of a campaign: when, how many in its arms, when it was launched here, and what its last refresh found.
WITH touched AS (
    SELECT
        campaign_key,
        count(DISTINCT customer_key) FILTER (arm <> 'control') AS treated,
        count(DISTINCT customer_key) FILTER (arm = 'control') AS control
    FROM star.fact_touch
    GROUP BY campaign_key
),
refreshed AS (
    SELECT
        campaign_key, refreshed_at, conversion_uplift, conversion_low, conversion_high
    FROM mart.campaign_progress
    WHERE arm <> 'control'
    QUALIFY row_number() OVER (PARTITION BY campaign_key ORDER BY refreshed_at DESC, customers DESC, arm) = 1
)
SELECT
    campaign.campaign_id, campaign.wave, campaign.channel, campaign.offer, campaign.starts_on, campaign.ends_on, campaign.cost_per_contact,
    launch.launched_at, touched.treated, touched.control,
    refreshed.refreshed_at, refreshed.conversion_uplift, refreshed.conversion_low, refreshed.conversion_high
FROM star.dim_campaign AS campaign
LEFT JOIN touched ON touched.campaign_key = campaign.campaign_key
LEFT JOIN ops.campaign_launch AS launch ON launch.campaign_key = campaign.campaign_key
LEFT JOIN refreshed ON refreshed.campaign_key = campaign.campaign_key
WHERE campaign.campaign_key <> -1
ORDER BY campaign.campaign_id, campaign.wave
