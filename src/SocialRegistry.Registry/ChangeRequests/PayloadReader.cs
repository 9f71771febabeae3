using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;
using SocialRegistry.LinkedData;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>Reads payloads: their shape only; what they say is checked when the request is submitted.</summary>
internal static class PayloadReader
{
    private const int MaxDepth = 32;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = MaxDepth,
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new RegistrantIds() },
    };

    private static readonly Dictionary<string, Type> Shapes = new()
    {
        [ChangeRequestTypes.EditFields] = typeof(EditFields),
        [ChangeRequestTypes.AddMember] = typeof(AddMember),
        [ChangeRequestTypes.RemoveMember] = typeof(RemoveMember),
        [ChangeRequestTypes.MoveMember] = typeof(MoveMember),
        [ChangeRequestTypes.SplitHousehold] = typeof(SplitHousehold),
        [ChangeRequestTypes.MergeHouseholds] = typeof(MergeHouseholds),
        [ChangeRequestTypes.ChangeHead] = typeof(NewHead),
        [ChangeRequestTypes.Relationship] = typeof(Relate),
        [ChangeRequestTypes.NewRegistrant] = typeof(MakeRegistrant),
        [ChangeRequestTypes.Exit] = typeof(Leave),
    };

    public static Outcome<RequestedChange> Read(string type, JsonElement payload)
    {
        if (!Shapes.TryGetValue(type, out var shape))
        {
            return ChangeRequestProblems.Invalid(
                new FieldProblem("type", "unknown", "One of " + string.Join(", ", ChangeRequestTypes.All) + ".")
            );
        }

        if (payload.ValueKind != JsonValueKind.Object)
        {
            return ChangeRequestProblems.Invalid(new FieldProblem("payload", "type", "Send a JSON object."));
        }

        if (System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(payload).Length > ValueLimits.MaxRecordBytes)
        {
            return ChangeRequestProblems.TooLarge;
        }

        try
        {
            // Numbers, names and texts that cannot be hashed cannot be stored either.
            _ = Jcs.Canonicalize(payload);
            var change = (RequestedChange)payload.Deserialize(shape, Strict)!;
            return Faults(change).ToList() is { Count: > 0 } faults ? ChangeRequestProblems.Invalid(faults) : change;
        }
        catch (JsonException e)
        {
            return ChangeRequestProblems.Invalid(Place(e));
        }
        catch (InvalidOperationException)
        {
            return ChangeRequestProblems.Invalid(
                new FieldProblem("payload", "characters", "A text of the payload is no Unicode text.")
            );
        }
    }

    /// <summary>What the shapes leave open.</summary>
    private static IEnumerable<FieldProblem> Faults(RequestedChange change)
    {
        switch (change)
        {
            case EditFields { Values.Count: 0, Identifiers: null }:
                yield return new FieldProblem("payload.values", "required", "Say what is to change.");
                break;
            case Relate { Count: not 1 } or Relate { RemoveParents: false }:
                yield return new FieldProblem(
                    "payload",
                    "one",
                    "Send one of parents, removeParents (true), spouse, relation, endRelation."
                );
                break;
            case MakeRegistrant { Kind: not RegistrantKinds.Group, Members.Count: > 0 }:
                yield return new FieldProblem("payload.members", "kind", "Only a group has members.");
                break;
            case MakeRegistrant { Kind: RegistrantKinds.Group, Members.Count: > 0, Generate.Count: > 0 }:
                yield return new FieldProblem(
                    "payload.generate",
                    "together",
                    "A group made with members takes no numbers of the registry; ask for them afterwards."
                );
                break;
            case Leave { Status: RegistrantStatuses.Active or RegistrantStatuses.Merged }:
                yield return new FieldProblem(
                    "payload.status",
                    "exit",
                    "Who leaves is inactive, deceased or archived."
                );
                break;
        }

        if (change.Persons.Count() + change.Groups.Count() > ChangeRequestOptions.MostParties)
        {
            yield return new FieldProblem(
                "payload",
                "items",
                $"A request names at most {ChangeRequestOptions.MostParties} records."
            );
        }
    }

    /// <summary>Where it is wrong; messages of the parser may show values.</summary>
    private static FieldProblem Place(JsonException e)
    {
        var path = e.Path is null or "$" ? "payload" : "payload" + e.Path[1..];
        return new FieldProblem(
            path.Length > 120 || path.Any(c => char.IsControl(c) || c > 126) ? "payload" : path,
            "shape",
            "This member is unknown, missing or not of its type; see the payload of this type of request."
        );
    }

    private sealed class RegistrantIds : JsonConverter<RegistrantId>
    {
        public override RegistrantId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && RegistrantId.TryParse(reader.GetString(), out var id)
                ? id
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, RegistrantId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
