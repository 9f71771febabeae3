using System.Text;
using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Dci.Records;

/// <summary>Writes one record as the DCI data model has it. What the view does not hold is not written, and an empty object neither.</summary>
internal sealed class RecordWriter(Utf8JsonWriter writer, RecordPlans plans, BesideFields beside)
{
    /// <summary>The context of the 2025-12 example, with a vocabulary, so that every member means something (DCI social registry 2025-12, JSON-LD).</summary>
    private static readonly byte[] Context = Encoding.UTF8.GetBytes(
        """{"@vocab":"https://schema.spdci.org/core/v1/data/","common":"https://schema.spdci.org/common/v1/","owl":"http://www.w3.org/2002/07/owl#","rdfs":"http://www.w3.org/2000/01/rdf-schema#","spdci":"https://schema.spdci.org/extensions/social/v1/","xsd":"http://www.w3.org/2001/XMLSchema#"}"""
    );

    public void Write(FoundRecord record, RecordShape shape) => Write(record, shape, withContext: true);

    private void Write(FoundRecord record, RecordShape shape, bool withContext)
    {
        writer.WriteStartObject();
        if (withContext)
        {
            writer.WritePropertyName("@context");
            writer.WriteRawValue(Context, skipInputValidation: true);
        }

        if (record.View.Pseudonym is { } pseudonym)
        {
            writer.WriteText("@id", "urn:social-registry:registrant:" + pseudonym);
        }

        var root = plans[shape].Root;
        writer.WriteText("@type", root.Type!);
        WriteMembers(root, record);
        writer.WriteEndObject();
    }

    private void WriteMembers(PlannedObject planned, FoundRecord record)
    {
        foreach (var (name, member) in planned.Members)
        {
            if (!Has(member, record))
            {
                continue;
            }

            writer.WritePropertyName(name);
            switch (member)
            {
                case PlannedField field:
                    WriteField(field.Field, record.View.Values[field.Field.Id]);
                    break;
                case PlannedBeside what:
                    WriteBeside(what.What, record);
                    break;
                case PlannedObject inner:
                    writer.WriteStartObject();
                    if (inner.Type is not null)
                    {
                        writer.WriteText("@type", inner.Type);
                    }

                    WriteMembers(inner, record);
                    writer.WriteEndObject();
                    break;
            }
        }
    }

    private bool Has(Planned member, FoundRecord record) =>
        member switch
        {
            PlannedField field => record.View.Values.TryGetValue(field.Field.Id, out var value)
                && IsShown(field.Field, value),
            PlannedBeside what => Has(what.What, record),
            PlannedObject inner => inner.Members.Any(m => Has(m.Value, record)),
            _ => false,
        };

    /// <summary>A date of which the day is not known is left out: the model has moments only, and no day is invented.</summary>
    private static bool IsShown(FieldView field, JsonElement value) =>
        value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
        && (
            field.Type != FieldType.Date
            || value.ValueKind != JsonValueKind.String
            || PartialDate.From(value)?.Precision is not (DatePrecision.Month or DatePrecision.Year)
        );

    private bool Has(BesideWhat what, FoundRecord record) =>
        what switch
        {
            BesideWhat.Identifiers => record.View.Identifiers.Count > 0,
            BesideWhat.RegistrationDate => beside.RegistrationDate,
            BesideWhat.LastUpdated => beside.LastUpdated,
            BesideWhat.Head => record.Head is not null,
            BesideWhat.Size => record.Size is not null,
            BesideWhat.Members => record.Members is not null,
            BesideWhat.PlaceAddress => record.View.Values.ContainsKey("place")
                || record.View.Values.ContainsKey("address"),
            _ => false,
        };

    private void WriteBeside(BesideWhat what, FoundRecord record)
    {
        switch (what)
        {
            case BesideWhat.Identifiers:
                WriteIdentifiers(record.View.Identifiers);
                break;
            case BesideWhat.RegistrationDate:
                writer.WriteStringValue(Times.Format(record.View.RegisteredAt));
                break;
            case BesideWhat.LastUpdated:
                writer.WriteStringValue(Times.Format(record.View.UpdatedAt));
                break;
            case BesideWhat.Head:
                Write(new FoundRecord(record.Head!), RecordShape.Member, withContext: false);
                break;
            case BesideWhat.Size:
                writer.WriteNumberValue(record.Size!.Value);
                break;
            case BesideWhat.Members:
                writer.WriteStartArray();
                foreach (var member in record.Members!)
                {
                    Write(new FoundRecord(member), RecordShape.Member, withContext: false);
                }

                writer.WriteEndArray();
                break;
            case BesideWhat.PlaceAddress:
                writer.WriteNumberValue(record.View.Values.ContainsKey("place") ? 1 : 0);
                break;
        }
    }

    private void WriteIdentifiers(IReadOnlyList<Identifier> identifiers)
    {
        writer.WriteStartArray();
        foreach (var identifier in identifiers)
        {
            writer.WriteStartObject();
            writer.WriteText("@type", "Identifier");
            writer.WriteText("identifier_type", identifier.Type);
            writer.WriteText("identifier_value", identifier.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteField(FieldView field, JsonElement value)
    {
        if (!field.Repeated || value.ValueKind != JsonValueKind.Array)
        {
            WriteValue(field, value);
            return;
        }

        writer.WriteStartArray();
        foreach (var item in value.EnumerateArray().Where(item => IsShown(field, item)))
        {
            WriteValue(field, item);
        }

        writer.WriteEndArray();
    }

    private void WriteValue(FieldView field, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteGroup(field, value);
                break;
            case JsonValueKind.String when field.Type == FieldType.Date:
                // The model's type is DateTime "including time zone".
                writer.WriteText(value.GetString() + "T00:00:00Z");
                break;
            case JsonValueKind.String:
                writer.WriteText(value.GetString()!);
                break;
            case JsonValueKind.Number:
                writer.WriteShortest(value);
                break;
            default:
                writer.WriteBooleanValue(value.ValueKind == JsonValueKind.True);
                break;
        }
    }

    private void WriteGroup(FieldView field, JsonElement value)
    {
        writer.WriteStartObject();
        if (RecordPlan.TypeOf(field.Id) is { } type)
        {
            writer.WriteText("@type", type);
        }

        foreach (var part in plans.Parts(field))
        {
            if (value.TryGetProperty(part.Id, out var inner) && IsShown(part, inner))
            {
                writer.WritePropertyName(part.DciPath!);
                WriteField(part, inner);
            }
        }

        writer.WriteEndObject();
    }
}
