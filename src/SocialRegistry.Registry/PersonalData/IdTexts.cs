using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.PersonalData;

/// <summary>Ids as they stand on the wire: as text.</summary>
internal sealed class IdTexts : JsonConverterFactory
{
    private static readonly Type[] Ids = [typeof(RegistrantId), typeof(DocumentId), typeof(ChangeRequestId)];

    public override bool CanConvert(Type typeToConvert) => Ids.Contains(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        typeToConvert == typeof(RegistrantId) ? new Text<RegistrantId>()
        : typeToConvert == typeof(DocumentId) ? new Text<DocumentId>()
        : new Text<ChangeRequestId>();

    private sealed class Text<T> : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("An export is written only.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
