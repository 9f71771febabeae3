using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Standards.Dci.Envelope;
using SocialRegistry.Standards.Dci.Records;
using SocialRegistry.Standards.Dci.Search;
using SocialRegistry.Standards.Dci.Signatures;

namespace SocialRegistry.Standards.Dci;

/// <summary>
/// Writes and signs the answer to a search: action <c>on-search</c>, header MsgCallbackHeader_V1.0.0, message SearchResponse. Members come
/// in ordinal order, so that the bytes are canonical as they stand.
/// </summary>
internal sealed class AnswerWriter(MessageSigner signer, DciIdentity identity, PartnerView partner, DateTimeOffset now)
{
    private readonly string timestamp = Times.Format(now);

    /// <summary>The answer to a message that was read.</summary>
    public ReadOnlyMemory<byte> Search(
        RequestHeader header,
        SearchMessage message,
        IReadOnlyList<Found> found,
        RecordPlans plans,
        FieldScope fields
    )
    {
        var buffer = new ArrayBufferWriter<byte>(1_024 + message.Items.Count * 1_024);
        using (var writer = new Utf8JsonWriter(buffer, CanonicalWriting.Options))
        {
            writer.WriteStartObject();
            var isAnySearched = found.Any(f => f.Rejection is null);
            WriteHeader(writer, header, isAnySearched ? "succ" : "rjct", null, message.Items.Count);
            writer.WriteStartObject("message");
            writer.WriteString("correlation_id", Guid.CreateVersion7(now));
            writer.WriteStartArray("search_response");
            var records = new RecordWriter(writer, plans, new BesideFields(fields));
            foreach (var (item, result) in message.Items.Zip(found))
            {
                WriteItem(writer, records, item, result);
            }

            writer.WriteEndArray();
            writer.WriteText("transaction_id", message.TransactionId);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Signed(buffer);
    }

    /// <summary>The answer that refuses a message by its header alone.</summary>
    public ReadOnlyMemory<byte> Rejected(RequestHeader header, string code, string why)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, CanonicalWriting.Options))
        {
            writer.WriteStartObject();
            WriteHeader(writer, header, "rjct", (code, why), header.TotalCount);
            writer.WriteEndObject();
        }

        return Signed(buffer);
    }

    private void WriteHeader(
        Utf8JsonWriter writer,
        RequestHeader request,
        string status,
        (string Code, string Message)? reason,
        int count
    )
    {
        writer.WriteStartObject("header");
        writer.WriteString("action", "on-search");
        writer.WriteNumber("completed_count", count);
        writer.WriteBoolean("is_msg_encrypted", false);
        writer.WriteString("message_id", Guid.CreateVersion7(now));
        writer.WriteString("message_ts", timestamp);
        writer.WriteText("receiver_id", request.SenderId);
        writer.WriteText("sender_id", identity.Id);
        writer.WriteString("status", status);
        if (reason is { } given)
        {
            writer.WriteString("status_reason_code", given.Code);
            writer.WriteText("status_reason_message", given.Message);
        }

        writer.WriteNumber("total_count", count);
        writer.WriteString("version", "1.0.0");
        writer.WriteEndObject();
    }

    private void WriteItem(Utf8JsonWriter writer, RecordWriter records, SearchItem item, Found found)
    {
        writer.WriteStartObject();
        if (found.Rejection is null)
        {
            WriteData(writer, records, item.Target!, found);
        }

        if (item.Locale is not null)
        {
            writer.WriteString("locale", item.Locale);
        }

        if (found.Rejection is null)
        {
            writer.WriteStartObject("pagination");
            writer.WriteNumber("page_number", item.PageNumber);
            writer.WriteNumber("page_size", item.PageSize);
            writer.WriteNumber("total_count", found.Total);
            writer.WriteEndObject();
        }

        writer.WriteText("reference_id", item.ReferenceId);
        writer.WriteString("status", found.Rejection is null ? "succ" : "rjct");
        if (found.Rejection is { } rejection)
        {
            writer.WriteString("status_reason_code", rejection.Code);
            writer.WriteText("status_reason_message", rejection.Message);
        }

        writer.WriteString("timestamp", timestamp);
        writer.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter writer, RecordWriter records, SearchTarget target, Found found)
    {
        writer.WriteStartObject("data");
        writer.WriteString("reg_record_type", target.RecordType);
        writer.WriteStartArray("reg_records");
        foreach (var record in found.Records)
        {
            records.Write(record, target.Shape);
        }

        writer.WriteEndArray();
        writer.WriteString("reg_type", "ns:org:RegistryType:Social");
        writer.WriteString("version", "1.0.0");
        writer.WriteEndObject();
    }

    /// <summary>What was written is what is signed; the signature is put in as the last member.</summary>
    private ReadOnlyMemory<byte> Signed(ArrayBufferWriter<byte> buffer)
    {
        var signature = JsonEncodedText.Encode(
            signer.Sign(buffer.WrittenSpan, partner),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping
        );
        var writer = new ArrayBufferWriter<byte>(buffer.WrittenCount + signature.EncodedUtf8Bytes.Length + 32);
        writer.Write(buffer.WrittenSpan[..^1]);
        writer.Write(",\"signature\":\""u8);
        writer.Write(signature.EncodedUtf8Bytes);
        writer.Write("\"}"u8);
        return writer.WrittenMemory;
    }
}
