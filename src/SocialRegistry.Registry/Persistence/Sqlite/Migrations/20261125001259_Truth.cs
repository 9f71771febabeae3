using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Truth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "registry_relation_types",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<Guid>(
                name: "batch",
                table: "registry_disclosures",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000")
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "content_hash",
                table: "registry_changes",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.AddColumn<string>(
                name: "rows",
                table: "registry_changes",
                type: "TEXT",
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "salt",
                table: "registry_changes",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.CreateTable(
                name: "registry_disclosure_batches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    rows = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_disclosure_batches", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_log_checkpoints",
                columns: table => new
                {
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_log_checkpoints", x => x.size);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_log_leaves",
                columns: table => new
                {
                    index = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    owner = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_log_leaves", x => x.index);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_log_nodes",
                columns: table => new
                {
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    index = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_log_nodes", x => new { x.level, x.index });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_log_queue",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    owner = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_registry_log_queue",
                        x => new
                        {
                            x.number,
                            x.owner,
                            x.kind,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_log_state",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    edge = table.Column<byte[]>(type: "BLOB", nullable: false),
                    origin = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_log_state", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_relation_type_history",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    request_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    operation = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_relation_type_history", x => new { x.code, x.version });
                }
            );

            migrationBuilder.InsertData(
                table: "registry_log_state",
                columns: new[] { "id", "edge", "origin", "size" },
                values: new object[] { 1, new byte[0], "", 0L }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_disclosures_batch",
                table: "registry_disclosures",
                column: "batch"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_log_leaves_kind_owner_number",
                table: "registry_log_leaves",
                columns: new[] { "kind", "owner", "number" },
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "registry_disclosure_batches");

            migrationBuilder.DropTable(name: "registry_log_checkpoints");

            migrationBuilder.DropTable(name: "registry_log_leaves");

            migrationBuilder.DropTable(name: "registry_log_nodes");

            migrationBuilder.DropTable(name: "registry_log_queue");

            migrationBuilder.DropTable(name: "registry_log_state");

            migrationBuilder.DropTable(name: "registry_relation_type_history");

            migrationBuilder.DropIndex(name: "IX_registry_disclosures_batch", table: "registry_disclosures");

            migrationBuilder.DropColumn(name: "version", table: "registry_relation_types");

            migrationBuilder.DropColumn(name: "batch", table: "registry_disclosures");

            migrationBuilder.DropColumn(name: "content_hash", table: "registry_changes");

            migrationBuilder.DropColumn(name: "rows", table: "registry_changes");

            migrationBuilder.DropColumn(name: "salt", table: "registry_changes");
        }
    }
}
