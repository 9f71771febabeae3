namespace SocialRegistry.Protection;

/// <summary>Makes and opens the data keys of records: profile SRF1 (one data key per record, class group and epoch; head, fast wrap, tails).</summary>
public interface IRecordProtection
{
    /// <summary>A fresh data key with its VER_R2 head (294 bytes) and its fast wrap (60 bytes).</summary>
    RecordKey Create(RecordKeyContext context);

    /// <summary>Opens a stored data key by its fast wrap, or by its head when there is no wrap.</summary>
    /// <exception cref="ProtectionException">Damaged, moved, or of another deployment.</exception>
    RecordKey Open(RecordKeyContext context, byte[] head, byte[]? fastWrap);
}

/// <summary>Where a data key belongs; its tenant, record type and id are bound into every tail.</summary>
/// <param name="ClassGroup"><c>personal</c>, <c>sensitive</c> or <c>masked</c>.</param>
/// <param name="Epoch">1 for the first data key of the record and class group.</param>
public sealed record RecordKeyContext(string Tenant, string RecordType, string RecordId, string ClassGroup, int Epoch);
