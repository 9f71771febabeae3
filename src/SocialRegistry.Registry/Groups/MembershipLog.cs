using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Groups;

/// <summary>Writes what became of an edge into the logs of both its ends; the first of a group in one change gives the group its next version.</summary>
internal static class MembershipLog
{
    public static void Write(
        RecordWriter writer,
        OpenRecord group,
        OpenRecord member,
        MembershipView? before,
        MembershipView after,
        bool isNewVersion,
        ChangeNote note
    )
    {
        var operation =
            before is null ? ChangeOperations.MemberAdded
            : before.EndedOn is null && after.EndedOn is not null ? ChangeOperations.MemberEnded
            : ChangeOperations.MemberChanged;
        var fields = new JsonObject
        {
            ["memberships"] = new JsonObject { ["old"] = Node(before), ["new"] = Node(after) },
        }.ToJsonString();
        foreach (var record in (OpenRecord[])[group, member])
        {
            if (isNewVersion && record == group)
            {
                writer.WriteVersionOfMembers(record, operation, fields, ["memberships"], note);
            }
            else
            {
                writer.WriteEntry(record, operation, fields, ["memberships"], note);
            }

            writer.KeepNewKeys(record);
        }
    }

    /// <summary>What became of an edge by the content of an entry.</summary>
    public static (MembershipView? Old, MembershipView New) Read(string fields)
    {
        using var content = JsonDocument.Parse(fields);
        var change = content.RootElement.GetProperty("memberships");
        return (View(change.GetProperty("old")), View(change.GetProperty("new"))!);
    }

    /// <summary>One side of an entry.</summary>
    public static MembershipView? View(JsonElement node) =>
        node.ValueKind == JsonValueKind.Null
            ? null
            : new MembershipView
            {
                GroupId = RegistrantId.Parse(node.GetProperty("group").GetString()!),
                MemberId = RegistrantId.Parse(node.GetProperty("member").GetString()!),
                Kinds = node.GetProperty("kinds").Deserialize<List<string>>()!,
                StartedOn = Day(node.GetProperty("startedOn")),
                EndedOn = Day(node.GetProperty("endedOn")),
                EndReason = node.GetProperty("endReason").GetString(),
            };

    private static DateOnly? Day(JsonElement day) => day.Deserialize<DateOnly?>();

    private static JsonNode? Node(MembershipView? view) =>
        view is null
            ? null
            : JsonSerializer.SerializeToNode(
                new
                {
                    group = view.GroupId.ToString(),
                    member = view.MemberId.ToString(),
                    kinds = view.Kinds,
                    startedOn = view.StartedOn,
                    endedOn = view.EndedOn,
                    endReason = view.EndReason,
                }
            );
}
