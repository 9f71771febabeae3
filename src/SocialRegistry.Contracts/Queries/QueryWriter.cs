using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>Writes a query as the JSON that <see cref="QueryReader"/> reads.</summary>
public static class QueryWriter
{
    /// <summary>The query as JSON.</summary>
    public static JsonElement ToJson(this Query query)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            query.WriteTo(writer);
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    public static void WriteTo(this Query query, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        switch (query)
        {
            case AndQuery and:
                WriteItems(writer, "and", and.Items);
                break;
            case OrQuery or:
                WriteItems(writer, "or", or.Items);
                break;
            case NotQuery not:
                Write(writer, "not", not.Item);
                break;
            case FieldQuery field:
                writer.WriteString("field", field.Field);
                writer.WriteString("op", QueryNames.Name(field.Operator));
                writer.WritePropertyName("value");
                field.Value.WriteTo(writer);
                break;
            case IdentifierQuery identifier:
                writer.WriteStartObject("identifier");
                writer.WriteString("type", identifier.Identifier.Type);
                writer.WriteString("value", identifier.Identifier.Value);
                writer.WriteEndObject();
                break;
            case AreaQuery area:
                writer.WriteString("area", area.Code);
                break;
            case StatusQuery status:
                writer.WriteString("status", status.Status);
                break;
            case KindQuery kind:
                writer.WriteString("kind", kind.Kind);
                break;
            case AnyMemberQuery member:
                Write(writer, "anyMember", member.Member);
                break;
            case MemberOfQuery group:
                Write(writer, "memberOf", group.Group);
                break;
            case AnyRelativeQuery relative:
                writer.WriteStartObject("anyRelative");
                writer.WriteString("kind", QueryNames.Name(relative.Kind));
                Write(writer, "query", relative.Relative);
                writer.WriteEndObject();
                break;
            default:
                throw new NotSupportedException("No JSON for " + query.GetType().Name + ".");
        }

        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, string name, IReadOnlyList<Query> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, Query query)
    {
        writer.WritePropertyName(name);
        query.WriteTo(writer);
    }
}
