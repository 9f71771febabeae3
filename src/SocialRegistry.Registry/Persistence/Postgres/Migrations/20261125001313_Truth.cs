using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Truth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "version",
                schema: "registry",
                table: "relation_types",
                type: "bigint",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<Guid>(
                name: "batch",
                schema: "registry",
                table: "disclosures",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000")
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "content_hash",
                schema: "registry",
                table: "changes",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.AddColumn<string>(
                name: "rows",
                schema: "registry",
                table: "changes",
                type: "text",
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "salt",
                schema: "registry",
                table: "changes",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.CreateTable(
                name: "disclosure_batches",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    rows = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_disclosure_batches", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "log_checkpoints",
                schema: "registry",
                columns: table => new
                {
                    size = table.Column<long>(type: "bigint", nullable: false),
                    root = table.Column<byte[]>(type: "bytea", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_log_checkpoints", x => x.size);
                }
            );

            migrationBuilder.CreateTable(
                name: "log_leaves",
                schema: "registry",
                columns: table => new
                {
                    index = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_log_leaves", x => x.index);
                }
            );

            migrationBuilder.CreateTable(
                name: "log_nodes",
                schema: "registry",
                columns: table => new
                {
                    level = table.Column<int>(type: "integer", nullable: false),
                    index = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_log_nodes", x => new { x.level, x.index });
                }
            );

            migrationBuilder.CreateTable(
                name: "log_queue",
                schema: "registry",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_log_queue",
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
                name: "log_state",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    edge = table.Column<byte[]>(type: "bytea", nullable: false),
                    origin = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_log_state", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "relation_type_history",
                schema: "registry",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    request_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    operation = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "jsonb", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_relation_type_history", x => new { x.code, x.version });
                }
            );

            migrationBuilder.InsertData(
                schema: "registry",
                table: "log_state",
                columns: new[] { "id", "edge", "origin", "size" },
                values: new object[] { 1, new byte[0], "", 0L }
            );

            migrationBuilder.CreateIndex(
                name: "IX_disclosures_batch",
                schema: "registry",
                table: "disclosures",
                column: "batch"
            );

            migrationBuilder.CreateIndex(
                name: "IX_log_leaves_kind_owner_number",
                schema: "registry",
                table: "log_leaves",
                columns: new[] { "kind", "owner", "number" },
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "disclosure_batches", schema: "registry");

            migrationBuilder.DropTable(name: "log_checkpoints", schema: "registry");

            migrationBuilder.DropTable(name: "log_leaves", schema: "registry");

            migrationBuilder.DropTable(name: "log_nodes", schema: "registry");

            migrationBuilder.DropTable(name: "log_queue", schema: "registry");

            migrationBuilder.DropTable(name: "log_state", schema: "registry");

            migrationBuilder.DropTable(name: "relation_type_history", schema: "registry");

            migrationBuilder.DropIndex(name: "IX_disclosures_batch", schema: "registry", table: "disclosures");

            migrationBuilder.DropColumn(name: "version", schema: "registry", table: "relation_types");

            migrationBuilder.DropColumn(name: "batch", schema: "registry", table: "disclosures");

            migrationBuilder.DropColumn(name: "content_hash", schema: "registry", table: "changes");

            migrationBuilder.DropColumn(name: "rows", schema: "registry", table: "changes");

            migrationBuilder.DropColumn(name: "salt", schema: "registry", table: "changes");
        }
    }
}
