-- Replies reach the progress of campaigns.
ALTER TABLE mart.campaign_progress ADD COLUMN replied BIGINT;
