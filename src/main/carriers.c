#include "main/carriers.h"

static struct channel chosen(struct carriers *r, const struct config *c) {
    r->simulator.region = c->default_region;
    r->twilio = (struct twilio) { .account_sid = c->twilio_account_sid,
                                  .auth_token = c->twilio_auth_token,
                                  .sender = c->twilio_whatsapp_number,
                                  .service_sid = c->twilio_messaging_service_sid,
                                  .sms_sender = c->twilio_sms_number,
                                  .base_url = c->twilio_api_base_url,
                                  .content_base_url = c->twilio_content_base_url,
                                  .messaging_base_url = c->twilio_messaging_base_url,
                                  .public_url = c->public_url,
                                  .region = c->default_region };
    r->meta = (struct meta) { .access_token = c->meta_access_token,
                              .app_secret = c->meta_app_secret,
                              .verify_token = c->meta_verify_token,
                              .phone_number_id = c->meta_phone_number_id,
                              .business_account_id = c->meta_business_account_id,
                              .sender = c->meta_whatsapp_number,
                              .base_url = c->meta_api_base_url,
                              .version = c->meta_api_version };
    switch (c->channel) {
    case CHANNEL_TWILIO: return twilio_channel(&r->twilio);
    case CHANNEL_META: return meta_channel(&r->meta);
    case CHANNEL_SIMULATOR: break;
    }
    return simulator_channel(&r->simulator);
}

void carriers_open(struct carriers *r, const struct config *c) {
    r->channel = chosen(r, c);
}
