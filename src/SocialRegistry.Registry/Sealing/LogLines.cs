using System.Globalization;
using System.Text.Json;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Sealing;

/// <summary>The lines of an export: everything that the hashes are made of, and no content.</summary>
internal static class LogLines
{
    public const string Format = "social-registry-log-1";

    /// <summary>UTC, with the microseconds that are hashed.</summary>
    public const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Header(string origin, IEnumerable<VerifierKey> keys) =>
        JsonText.Object(writer =>
        {
            writer.WriteString("format", Format);
            writer.WriteString("origin", origin);
            writer.WriteStartArray("keys");
            foreach (var key in keys)
            {
                writer.WriteStringValue(key.ToString());
            }

            writer.WriteEndArray();
        });

    public static string Checkpoint(string note) => JsonText.Object(writer => writer.WriteString("checkpoint", note));

    public static string Leaf(LogLeaf leaf, ChangeEntry? entry, ExportedBatch? shown, DisclosurePruning? pruning) =>
        JsonText.Object(writer =>
        {
            writer.WriteNumber("index", leaf.Index);
            writer.WriteString("kind", LeafKinds.Name(leaf.Kind));
            writer.WriteString("owner", leaf.Owner);
            writer.WriteNumber("number", leaf.Number);
            writer.WriteBase64String("hash", leaf.Hash);
            if (entry is not null)
            {
                Entry(writer, entry);
            }

            if (shown is not null)
            {
                Batch(writer, shown);
            }

            if (pruning is not null)
            {
                writer.WriteStartObject("pruning");
                Moment(writer, "at", pruning.At);
                Moment(writer, "before", pruning.Before);
                writer.WriteNumber("showings", pruning.Showings);
                writer.WriteBase64String("batches", pruning.Batches);
                writer.WriteBase64String("countsHash", pruning.CountsHash());
                writer.WriteEndObject();
            }
        });

    private static void Batch(Utf8JsonWriter writer, ExportedBatch shown)
    {
        writer.WriteStartObject("disclosures");
        Moment(writer, "at", shown.Batch.At);
        writer.WriteNumber("count", shown.Batch.Count);
        writer.WriteBase64String("rowsHash", shown.Batch.RowsHash());
        if (shown.PrunedBy is { } pruning)
        {
            writer.WriteNumber("prunedBy", pruning);
        }

        if (shown.Standing is { } standing)
        {
            writer.WriteNumber("standing", standing);
        }

        writer.WriteEndObject();
    }

    private static void Entry(Utf8JsonWriter writer, ChangeEntry entry)
    {
        writer.WriteStartObject("change");
        writer.WriteString("operation", entry.Operation);
        writer.WriteNumber("version", entry.Version);
        Moment(writer, "recordedAt", entry.RecordedAt);
        writer.WriteString("effectiveOn", entry.EffectiveOn.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteString("actorKind", entry.ActorKind);
        writer.WriteString("actor", entry.Actor);
        writer.WriteString("channel", entry.Channel);
        if (entry.RequestId is not null)
        {
            writer.WriteString("requestId", entry.RequestId);
        }

        if (entry.Decision is not null)
        {
            writer.WriteString("decision", entry.Decision);
        }

        writer.WriteNumber("epoch", entry.Epoch);
        // As a text: its exact characters are hashed.
        writer.WriteString("rows", entry.Rows);
        writer.WriteBase64String("contentHash", entry.ContentHash);
        writer.WriteBase64String("previousHash", entry.PreviousHash);
        writer.WriteEndObject();
    }

    private static void Moment(Utf8JsonWriter writer, string name, DateTimeOffset moment) =>
        writer.WriteString(name, moment.ToUniversalTime().ToString(MomentFormat, CultureInfo.InvariantCulture));
}
