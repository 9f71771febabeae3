using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Consents;

/// <summary>Writes receipts in the standard's own names (ISO/IEC TS 27560:2023, 6.3 and 6.4).</summary>
internal sealed class ConsentReceipts(
    FieldCatalogue catalogue,
    IKeyRing keys,
    ConsentOptions options,
    TimeProvider time
)
{
    public const string Type = "consent-receipt+jwt";

    private const string Controller = "controller";

    public ConsentReceipt Make(ConsentView consent)
    {
        var terms = consent.Terms;
        var receipt = new JsonObject
        {
            // 6.4.5 receipt metadata
            ["receipt_metadata"] = new JsonObject
            {
                ["schema_version"] = consent.SchemaVersion,
                ["receipt_id"] = $"{consent.Id:D}/{consent.Events.Count}",
                ["receipt_timestamp"] = Moment(time.GetUtcNow()),
                ["pii_principal_id"] = consent.RegistrantId.ToString(),
            },
            // 6.3.3 record header
            ["record_header"] = new JsonObject
            {
                ["schema_version"] = consent.SchemaVersion,
                ["record_id"] = consent.Id.ToString("D"),
                ["pii_principal_id"] = consent.RegistrantId.ToString(),
            },
            // 6.3.4 PII processing, 6.3.5 PII information
            ["pii_processing"] = new JsonObject
            {
                ["privacy_notice"] = terms.Notice,
                ["language"] = terms.Language,
                ["purposes"] = new JsonArray([.. terms.Purposes.Select(purpose => Purpose(purpose, terms))]),
            },
            // 6.3.6 party identification
            ["party_identification"] = new JsonArray([
                new JsonObject
                {
                    ["party_id"] = Controller,
                    ["party_name"] = consent.Controller,
                    ["party_contact"] = options.ControllerContact,
                    ["party_type"] = "pii_controller",
                },
                .. terms.Recipients.Select(recipient => new JsonObject
                {
                    ["party_id"] = recipient,
                    ["party_type"] = "third_party",
                }),
            ]),
            // 6.3.7 events
            ["events"] = new JsonArray([
                .. consent.Events.Select(e => new JsonObject
                {
                    ["event_time"] = Moment(e.At),
                    ["event_type"] = terms.Type,
                    ["event_state"] = e.State,
                    ["entity_id"] = e.ByKind == "person" ? consent.RegistrantId.ToString() : e.By,
                    ["valid_from"] = terms.ValidFrom is { } from ? Moment(from) : null,
                    ["valid_until"] = terms.ValidUntil is { } until ? Moment(until) : null,
                }),
            ]),
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(receipt);
        var signer = keys.Signer(KeyPurpose.MessageSigning);
        var jws = Jws.Sign(signer, new JsonObject { ["typ"] = Type, ["kid"] = signer.KeyId }, bytes);
        return new ConsentReceipt(System.Text.Encoding.UTF8.GetString(bytes), jws);
    }

    private JsonObject Purpose(string purpose, NewConsent terms) =>
        new()
        {
            ["purpose"] = purpose,
            ["lawful_basis"] = "consent",
            ["pii_information"] = new JsonArray([
                .. terms.Fields.Select(field => new JsonObject
                {
                    ["pii_type"] = field,
                    ["sensitive_pii"] =
                        catalogue.Current.Rule(RegistrantKinds.Individual, field)?.View.Class == FieldClass.Sensitive,
                }),
            ]),
            ["pii_controllers"] = new JsonArray(Controller),
            ["collection_method"] = terms.CollectionMethod,
            ["storage_location"] = terms.StorageLocation,
            ["retention_period"] = terms.RetentionPeriod,
            ["jurisdiction"] = terms.Jurisdiction,
            ["recipient_third_parties"] = new JsonArray([.. terms.Recipients.Select(r => JsonValue.Create(r))]),
            ["withdrawal_method"] = options.WithdrawalMethod,
        };

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
